"""What is taken away from the atlas to where no page is: pictures, slides, videos, handouts."""
