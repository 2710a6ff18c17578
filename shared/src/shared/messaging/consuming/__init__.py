"""Other services' events, each applied once and in order; what fails is set aside and retried."""
