"""The table and the queries of deliveries."""
