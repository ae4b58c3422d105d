using OmniIoT.Ports.Cluster;

namespace OmniIoT.TestKit.Cluster;

/// <summary>A process that is alone, and what was said of its end.</summary>
public sealed class OneProcess : IProcesses, IExpulsion
{
    private readonly List<string> _reasons = [];

    public string Own => "127.0.0.1:1@1";

    public IReadOnlyList<string> Active => [Own];

    /// <summary>Why the process was to end; empty while it goes on.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            lock (_reasons)
                return [.. _reasons];
        }
    }

    public bool IsLiving(string process) => process == Own;

    public void End(string reason)
    {
        lock (_reasons)
            _reasons.Add(reason);
    }
}
