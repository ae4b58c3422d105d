namespace OmniIoT.Ports.Cluster;

/// <summary>
/// Ends a process that its cluster gave up. Others own its grains by now: whatever it still did would be refused, and what it shows would
/// be of yesterday. Its supervisor starts it again.
/// </summary>
public interface IExpulsion
{
    /// <summary>Ends the process at once with exit code 70; nothing that waits is acknowledged.</summary>
    /// <param name="reason">For people.</param>
    void End(string reason);
}
