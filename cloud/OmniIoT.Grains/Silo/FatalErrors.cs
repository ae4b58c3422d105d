using OmniIoT.Ports.Cluster;
using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>What a silo cannot go on after: that the others gave it up.</summary>
internal sealed class FatalErrors(IExpulsion expulsion) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        expulsion.End(context ?? exception?.Message ?? "The silo cannot go on.");
}
