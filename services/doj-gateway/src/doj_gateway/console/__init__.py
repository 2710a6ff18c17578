"""What an operator does from the command line that only this service has."""
