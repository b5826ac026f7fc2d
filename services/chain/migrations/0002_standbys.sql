-- Copies of the database on other machines, for the metrics. What they have applied is told to members of pg_read_all_stats alone, who read everybody's questions too:
-- so the owner of the schema asks, and answers with this and nothing else. Where it is no member either, the columns are null and the count of copies is still right.
CREATE FUNCTION chain.standbys() RETURNS TABLE (name text, sync_state text, lag_bytes float8, lag_seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(application_name, ''), sync_state,
         CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::float8 END,
         extract(epoch FROM replay_lag)::float8
  FROM pg_stat_replication
$$;
