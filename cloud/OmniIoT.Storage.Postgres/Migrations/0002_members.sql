-- The processes of a cluster. A commit reads its own row FOR SHARE, and whoever gives a process up updates the row: so either the commit
-- is whole before the process is given up, or it does not happen. Status is a number of the cluster's: 6 says that it was given up.
CREATE TABLE members (
    cluster_id word NOT NULL, address word NOT NULL, port INTEGER NOT NULL, generation INTEGER NOT NULL,
    status INTEGER NOT NULL, silo_name word NOT NULL, host_name word NOT NULL, proxy_port INTEGER, suspect_times word,
    started_at BIGINT NOT NULL, alive_at BIGINT NOT NULL, PRIMARY KEY (cluster_id, address, port, generation));

-- Counts the changes of a cluster's members, for whoever compares and sets.
CREATE TABLE member_versions (cluster_id word NOT NULL PRIMARY KEY, version BIGINT NOT NULL);

-- Ends the transaction of a process that the cluster gave up.
CREATE FUNCTION require_member(of_cluster TEXT, at_address TEXT, at_port INTEGER, of_generation INTEGER) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM members
    WHERE cluster_id = of_cluster AND address = at_address AND port = at_port AND generation = of_generation AND status < 6
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The cluster gave this process up.' USING ERRCODE = 'OM001';
    END IF;
END $$;
