"""Authentication, roles, event policy, and the encryption of personal fields."""
