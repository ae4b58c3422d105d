using System.Runtime.InteropServices;

namespace OmniIoT.Processes;

/// <summary>
/// The one way in which a program of ours is stopped: by SIGTERM, as a service manager sends it, or SIGINT, which is Ctrl-C.
/// The program then keeps what must be kept and exits with 0. Whoever will not wait for that has SIGQUIT (Ctrl-\) and SIGKILL.
/// </summary>
public static class StopSignal
{
    private static readonly CancellationTokenSource Asked = new();

    // Never disposed: the next signal would kill a process that is still busy with its end.
    private static readonly PosixSignalRegistration[] Registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask),
    ];

    /// <summary>
    /// A program's first statement. The first signal from here on cancels the token; later ones change nothing, so that an impatient
    /// Ctrl-C loses no data. What comes earlier, while the runtime starts, kills the process, which has nothing to keep yet.
    /// </summary>
    public static CancellationToken Listen()
    {
        GC.KeepAlive(Registrations);
        return Asked.Token;
    }

    private static void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        Asked.Cancel();
    }
}
