using OmniIoT.Ports.Cluster;

namespace OmniIoT.Host;

/// <inheritdoc cref="IExpulsion"/>
internal sealed class Expulsion : IExpulsion
{
    /// <summary>By contract: a supervisor starts the process again.</summary>
    public const int ExitCode = 70;

    private int _ended;

    /// <summary>On a thread of its own: whoever notices may be waited for by the runtime's end.</summary>
    public void End(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        Console.Error.WriteLine($"The cluster gave this process up; it ends: {reason}");
        new Thread(static () => Environment.Exit(ExitCode)) { IsBackground = true, Name = "expulsion" }.Start();
    }
}
