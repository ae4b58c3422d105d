using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OmniIoT.Edge;

/// <summary>
/// Tells systemd how the agent stands, as sd_notify(3) and sd_watchdog_enabled(3) say; where nobody asked for it, nothing. Needs
/// <c>Type=notify</c>.
/// </summary>
/// <param name="socket">The value of <c>NOTIFY_SOCKET</c>: a path, or <c>@</c> and an abstract name; null: nobody listens.</param>
/// <param name="watchdog">How long it may hear nothing; null: however long.</param>
internal sealed class ServiceManager(string? socket, TimeSpan? watchdog, TimeProvider time)
{
    public static ServiceManager FromEnvironment(TimeProvider time) =>
        new(
            Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            long.TryParse(
                Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out long microseconds
            )
            && microseconds > 0
                ? TimeSpan.FromMicroseconds(microseconds)
                : null,
            time
        );

    /// <summary>The agent reads its sensors.</summary>
    public void Ready() => Say("READY=1");

    public void Stopping() => Say("STOPPING=1");

    /// <summary>Another process is the service from now on; false where nobody listens. Needs <c>NotifyAccess=all</c>.</summary>
    public bool HandOver(int process)
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"MAINPID={process}"));
        return !string.IsNullOrEmpty(socket);
    }

    /// <summary>Says twice in its time that the agent lives, until it is told to end.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (watchdog is not null)
                Say("WATCHDOG=1");
            TimeSpan pause = watchdog / 2 ?? Timeout.InfiniteTimeSpan;
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Say(string state)
    {
        if (string.IsNullOrEmpty(socket))
            return;
        try
        {
            using Socket sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An abstract name begins with a zero.
            sender.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(socket[0] == '@' ? $"\0{socket[1..]}" : socket));
        }
        catch (SocketException)
        {
            // A manager that went away is no reason to stop.
        }
    }
}
