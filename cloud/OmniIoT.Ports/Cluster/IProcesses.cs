using System.IO.Hashing;
using System.Text;

namespace OmniIoT.Ports.Cluster;

/// <summary>
/// The processes that run the platform together, as this one sees them: itself alone on one machine. A name stands for one run of a
/// process and is never used again.
/// </summary>
public interface IProcesses
{
    /// <summary>The name of this run of this process.</summary>
    string Own { get; }

    /// <summary>The names of all that take work now, in one order for all who see the same ones; empty before this one does.</summary>
    IReadOnlyList<string> Active { get; }

    /// <summary>Whether a process may still do something: it was not given up, and did not end.</summary>
    bool IsLiving(string process);
}

/// <summary>Shares work out among the processes.</summary>
public static class Shares
{
    /// <summary>
    /// Whether work of that name is this process's to do. While processes come and go two may both think so, or none for a moment:
    /// what must not be done twice has to be guarded besides.
    /// </summary>
    public static bool IsShareOfOwn(this IProcesses processes, string name) => processes.HolderOf(name) == processes.Own;

    /// <summary>The process whose work it is, as this one sees it; null while none takes work.</summary>
    public static string? HolderOf(this IProcesses processes, string name)
    {
        IReadOnlyList<string> active = processes.Active;
        return active.Count switch
        {
            0 => null,
            1 => active[0],
            _ => active[(int)(Hash(name) % (uint)active.Count)],
        };
    }

    /// <summary>The same in every process, and for names that differ little as different as for others.</summary>
    private static ulong Hash(string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name));
}
