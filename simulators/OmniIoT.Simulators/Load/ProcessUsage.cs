using System.Globalization;

namespace OmniIoT.Simulators.Load;

/// <summary>What a process has used, from Linux' <c>/proc</c>.</summary>
public sealed record ProcessUsage(TimeSpan Cpu, long ResidentBytes, long PeakResidentBytes)
{
    // USER_HZ: 100 on every architecture that .NET runs on; the kernel's interface fixes it.
    private const int TicksPerSecond = 100;
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null when the process is gone or this is no Linux.</summary>
    public static ProcessUsage? Read(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            // Behind the name, which may hold spaces: fields 3 onwards; 14 and 15 are user and system time.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            long ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            string[] status = File.ReadAllLines($"/proc/{processId}/status");
            return new ProcessUsage(
                TimeSpan.FromSeconds((double)ticks / TicksPerSecond),
                Kilobytes(status, "VmRSS:"),
                Kilobytes(status, "VmHWM:")
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The process that listens on a port of this machine; null when none is found or may be looked at.</summary>
    public static int? FindListener(int port)
    {
        HashSet<string> inodes = SocketTables.Where(File.Exists).SelectMany(file => ListeningInodes(file, port)).ToHashSet();
        if (inodes.Count == 0)
            return null;
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id) && HoldsSocket(folder, inodes))
                return id;
        }
        return null;
    }

    private static IEnumerable<string> ListeningInodes(string file, int port)
    {
        const string listen = "0A";
        return File.ReadLines(file)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == listen && Convert.ToInt32(fields[1].Split(':')[1], 16) == port)
            .Select(fields => $"socket:[{fields[9]}]");
    }

    private static bool HoldsSocket(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.GetFiles($"{process}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Kilobytes(string[] status, string name) =>
        status.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024
            : 0;
}
