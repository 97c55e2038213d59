//! What every journey needs: the real binary on a fresh data directory, and a client.
