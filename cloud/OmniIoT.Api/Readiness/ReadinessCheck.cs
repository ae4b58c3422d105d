namespace OmniIoT.Api.Readiness;

/// <summary>Something that must be well before the process can do its work.</summary>
/// <param name="Part">Such as <c>storage</c>; of several checks of one part each must be well.</param>
/// <param name="Probe">Null when it is well, else why not. One that throws, or takes longer than <see cref="ReadinessProbe.Patience"/>,
/// is not well.</param>
public sealed record ReadinessCheck(string Part, Func<CancellationToken, ValueTask<string?>> Probe);
