"""Which bytes may be a picture, and what is made of them."""
