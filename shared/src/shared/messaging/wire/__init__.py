"""What an event looks like outside: the record, the CloudEvent, its partition."""
