using System.Globalization;

namespace OmniIoT.Host;

/// <summary>
/// How many connections the process takes, by the handles that the system lets it have: what storage, the silo and the runtime need is
/// set aside, so that connections never take it. A process without a handle left can neither commit nor read its own files.
/// </summary>
/// <param name="Web">Of HTTP, WebSockets and MQTT over TLS together.</param>
/// <param name="Mqtt">Of MQTT over TCP.</param>
internal readonly record struct HandleBudget(int Web, int Mqtt)
{
    /// <summary>Where the system says how many a process may have.</summary>
    private const string LimitsFile = "/proc/self/limits";

    private const string LimitName = "Max open files";

    /// <summary>
    /// A process that has just started holds about 190; months of telemetry that are open, readers of the database and calls to other
    /// systems come to it.
    /// </summary>
    private const int SetAside = 280;

    /// <summary>With fewer nobody could work.</summary>
    private const int LeastConnections = 64;

    /// <summary>As many as there are.</summary>
    public static HandleBudget Unlimited { get; } = new(int.MaxValue, int.MaxValue);

    /// <exception cref="WrongSettingException">The process may have too few.</exception>
    public static HandleBudget OfProcess(HostSettings settings) =>
        File.Exists(LimitsFile) && ReadLimit(File.ReadAllLines(LimitsFile)) is { } limit ? Of(limit, settings) : Unlimited;

    /// <summary>Shares out so many handles.</summary>
    /// <exception cref="WrongSettingException">They are too few.</exception>
    internal static HandleBudget Of(int limit, HostSettings settings)
    {
        int setAside = SetAside + (settings.Cluster is { } cluster ? cluster.MaxConnections + SetAside : 0);
        int free = limit - setAside;
        if (free < LeastConnections)
            throw new WrongSettingException(
                "The limit of open files (ulimit -n)",
                limit.ToString(CultureInfo.InvariantCulture),
                $"{setAside + LeastConnections} or more: {setAside} are for storage and the process itself"
            );
        // Browsers and programs are fewer than devices, unless devices come over TLS.
        int web = settings.MqttTlsPort is null ? free / 4 : free / 2;
        return new HandleBudget(web, free - web);
    }

    /// <summary>The limit that holds now, from the lines of the file; null: there is none.</summary>
    internal static int? ReadLimit(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(static line => line.StartsWith(LimitName, StringComparison.Ordinal));
        string? soft = line?[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : null;
    }
}
