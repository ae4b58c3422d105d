namespace OmniIoT.Api.Readiness;

/// <summary>Asks all parts of the process how they are.</summary>
public sealed class ReadinessProbe(IEnumerable<ReadinessCheck> checks, TimeProvider time)
{
    /// <summary>Probes of supervisors give up after one to ten seconds; a part that takes longer to say that it is well is not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<ReadinessView> LookAsync(CancellationToken cancellationToken)
    {
        (string Part, string? Reason)[] found = await Task.WhenAll(
            checks.Select(async check => (check.Part, await ReasonAsync(check, cancellationToken)))
        );
        Dictionary<string, string> reasons = found
            .Where(part => part.Reason is not null)
            .GroupBy(part => part.Part, part => part.Reason)
            .ToDictionary(part => part.Key, part => string.Join(' ', part));
        Dictionary<string, string> parts = found
            .Select(part => part.Part)
            .Distinct()
            .ToDictionary(part => part, part => reasons.ContainsKey(part) ? ReadinessView.Unavailable : ReadinessView.Ok);
        return new ReadinessView(reasons.Count == 0 ? ReadinessView.Ok : ReadinessView.Unavailable, parts, reasons);
    }

    private async Task<string?> ReasonAsync(ReadinessCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.Probe(cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"It did not say within {Patience.TotalSeconds:0} s how it is.";
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return error.Message;
        }
    }
}
