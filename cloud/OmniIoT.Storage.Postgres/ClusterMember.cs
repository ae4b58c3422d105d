namespace OmniIoT.Storage.Postgres;

/// <summary>One run of a process in a cluster, as the table <c>members</c> names it.</summary>
/// <param name="Address">Of the process, as text.</param>
/// <param name="Generation">Tells this run from others at the same address and port.</param>
public sealed record ClusterMember(string ClusterId, string Address, int Port, int Generation);
