"""What the law says of facts: rules, calendars, deadlines and why. Pure."""
