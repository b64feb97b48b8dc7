"""The roof: settings, addresses, accounts and the development database; it imports the apps and no app imports it."""
