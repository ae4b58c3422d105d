using OmniIoT.Ports.Cluster;
using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>The silos of the cluster; a process is named by its silo's address and generation.</summary>
internal sealed class SiloProcesses : IProcesses
{
    private readonly IClusterMembershipService _membership;
    private View _view = new(null, []);

    public SiloProcesses(IClusterMembershipService membership, ILocalSiloDetails local)
    {
        _membership = membership;
        Own = local.SiloAddress.ToParsableString();
    }

    public string Own { get; }

    public IReadOnlyList<string> Active
    {
        get
        {
            ClusterMembershipSnapshot snapshot = _membership.CurrentSnapshot;
            View view = Volatile.Read(ref _view);
            if (ReferenceEquals(view.Of, snapshot))
                return view.Active;
            view = new View(
                snapshot,
                [
                    .. snapshot
                        .Members.Values.Where(IsActive)
                        .Select(member => member.SiloAddress.ToParsableString())
                        .Order(StringComparer.Ordinal),
                ]
            );
            Volatile.Write(ref _view, view);
            return view.Active;
        }
    }

    public bool IsLiving(string process)
    {
        if (process == Own)
            return true;
        if (!TryParse(process, out SiloAddress? address))
            return false;
        return _membership.CurrentSnapshot.Members.TryGetValue(address, out ClusterMember? member)
            && member.Status is not (SiloStatus.None or SiloStatus.Dead);
    }

    private static bool IsActive(ClusterMember member) => member.Status is SiloStatus.Active;

    /// <summary>Names of runs before the last upgrade have another form: those ended.</summary>
    private static bool TryParse(string process, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SiloAddress? address)
    {
        address = null;
        if (!process.Contains('@', StringComparison.Ordinal))
            return false;
        try
        {
            address = SiloAddress.FromParsableString(process);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private sealed record View(ClusterMembershipSnapshot? Of, IReadOnlyList<string> Active);
}
