namespace OmniIoT.Api.Readiness;

/// <summary>Asks all parts of the process how they are.</summary>
public sealed class ReadinessProbe(IEnumerable<ReadinessCheck> checks, TimeProvider time)
{
    /// <summary>Probes of supervisors give up after one to ten seconds; a part that takes longer to say that it is well is not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<ReadinessView> LookAsync(CancellationToken cancellationToken)
    {
        (ReadinessCheck Check, string? Reason)[] found = await Task.WhenAll(
            checks.Select(async check => (check, await ReasonAsync(check, cancellationToken)))
        );
        Dictionary<string, string> parts = [];
        Dictionary<string, string> reasons = [];
        foreach (IGrouping<string, (ReadinessCheck Check, string? Reason)> part in found.GroupBy(found => found.Check.Part))
        {
            (ReadinessCheck Check, string? Reason)[] wrong = [.. part.Where(found => found.Reason is not null)];
            parts[part.Key] =
                wrong.Length == 0 ? ReadinessView.Ok
                : wrong.Any(found => found.Check.IsNeeded) ? ReadinessView.Unavailable
                : ReadinessView.Impaired;
            if (wrong.Length > 0)
                reasons[part.Key] = string.Join(' ', wrong.Select(found => found.Reason));
        }
        return new ReadinessView(
            parts.ContainsValue(ReadinessView.Unavailable) ? ReadinessView.Unavailable : ReadinessView.Ok,
            parts,
            reasons
        );
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
