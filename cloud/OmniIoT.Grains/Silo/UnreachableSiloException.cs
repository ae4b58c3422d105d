using System.Net;

namespace OmniIoT.Grains.Silo;

/// <summary>The other processes could not reach this one where it says that they can.</summary>
/// <param name="advertised">Where they are told to.</param>
/// <param name="reason">What is wrong with it, for people.</param>
public sealed class UnreachableSiloException(IPEndPoint advertised, string reason) : Exception($"{advertised}: {reason}")
{
    public IPAddress Address { get; } = advertised.Address;

    public string Reason { get; } = reason;
}
