"""What the four services share: the law's clocks, the published language, messaging, HTTP."""
