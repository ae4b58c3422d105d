using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// The signals that ask a process to stop: SIGTERM, as a service manager sends it, and SIGINT, as Ctrl-C does. And those that make it hang
/// for a while.
/// </summary>
internal static class ProcessSignals
{
    /// <summary>
    /// How to start a program that takes both. A shell that runs the tests in the background has them ignore SIGINT, which a program
    /// inherits and respects.
    /// </summary>
    public static ProcessStartInfo Listening(string program, IEnumerable<string> arguments) =>
        new("env", ["--default-signal=INT,TERM", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Returns once it is sent; to a process that has ended it is sent to nobody.</summary>
    public static Task SignalAsync(this Process process, PosixSignal signal) =>
        process.SendAsync(
            signal switch
            {
                PosixSignal.SIGINT => "INT",
                PosixSignal.SIGQUIT => "QUIT",
                _ => "TERM",
            }
        );

    /// <summary>SIGSTOP, which no program can refuse: it stands still with all its connections.</summary>
    public static Task HangAsync(this Process process) => process.SendAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public static Task GoOnAsync(this Process process) => process.SendAsync("CONT");

    private static async Task SendAsync(this Process process, string name)
    {
        ProcessStartInfo start = new("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        };
        using Process kill = Process.Start(start)!;
        await kill.WaitForExitAsync();
    }

    /// <summary>Both in turn until the process has ended, so that they meet every moment of its stop.</summary>
    public static async Task SignalUntilAsync(this Process process, Task end, PosixSignal first)
    {
        for (PosixSignal next = first; !end.IsCompleted; next = next == PosixSignal.SIGTERM ? PosixSignal.SIGINT : PosixSignal.SIGTERM)
            await process.SignalAsync(next);
    }
}
