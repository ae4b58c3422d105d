using OmniIoT.Domain.Answers.Models;

namespace OmniIoT.Ports.Desk;

/// <summary>A language model that bots ask where they do not know an answer.</summary>
public interface IBotModel
{
    /// <summary>False: none is set, and none is asked.</summary>
    bool IsThere { get; }

    /// <summary>
    /// Its answer; null when it has none, cannot be reached, does not answer in time, or too many ask already. It never fails otherwise
    /// than by cancellation.
    /// </summary>
    ValueTask<ModelAnswer?> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>None is set.</summary>
public sealed class NoBotModel : IBotModel
{
    public bool IsThere => false;

    public ValueTask<ModelAnswer?> AskAsync(ModelQuestion question, CancellationToken cancellationToken) => new((ModelAnswer?)null);
}
