"""The clerk (reminder scheduler): sends each notice of a due date once."""
