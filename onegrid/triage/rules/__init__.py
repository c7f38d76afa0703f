"""What a text is made of, what a model says of it, how sure that is, and how a model is learned."""
