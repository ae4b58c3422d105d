namespace OmniIoT.Api.Readiness;

/// <summary>Something that is to be well.</summary>
/// <param name="Part">Such as <c>storage</c>; of several checks of one part each must be well.</param>
/// <param name="Probe">Null when it is well, else why not. One that throws, or takes longer than <see cref="ReadinessProbe.Patience"/>,
/// is not well.</param>
public sealed record ReadinessCheck(string Part, Func<CancellationToken, ValueTask<string?>> Probe)
{
    /// <summary>False: what is not well keeps nobody from being served; it is named all the same.</summary>
    public bool IsNeeded { get; init; } = true;
}
