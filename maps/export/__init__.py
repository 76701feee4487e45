"""What leaves the atlas in other people's formats."""
