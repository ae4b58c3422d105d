using System.Net;

namespace OmniIoT.Grains.Silo;

/// <summary>Which cluster a process joins, and how the others reach it. They meet in the host's <c>IMembershipTable</c>.</summary>
/// <param name="Id">Names the cluster.</param>
/// <param name="Listen">Where this process listens for the others; port 0 picks a free one.</param>
/// <param name="Advertise">The address that the others reach it by.</param>
public sealed record ClusterOptions(string Id, IPEndPoint Listen, IPAddress Advertise);
