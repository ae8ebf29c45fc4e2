"""What is kept: tables, migrations, the evidence archive. Takes and returns core types."""
