"""What tests share; nothing else imports it."""
