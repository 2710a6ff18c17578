"""What the four services share: law, events, messaging, HTTP, and the process around them."""
