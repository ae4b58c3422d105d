using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Problems;

/// <summary>Ends a request whose sender got it wrong; <see cref="ProblemMiddleware"/> answers with the problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}

/// <summary>Gathers mistakes, so that a sender learns of all of them at once.</summary>
internal sealed class Mistakes
{
    private readonly List<ProblemError> _errors = [];

    public int Count => _errors.Count;

    public void Add(string pointer, string message) => _errors.Add(new ProblemError(pointer, message));

    public void Add(string pointer, Sentence says) => _errors.Add(new ProblemError(pointer, says));

    /// <param name="most">In UTF-16 code units, as a text's length is counted.</param>
    /// <param name="stored">What stands there already and may stay, since it may have been taken before there was a bound.</param>
    public void AddIfLonger(string pointer, string? text, int most, string? stored = null)
    {
        if (text?.Length > most && text != stored)
            Add(pointer, Wrong.TooLong(most));
    }

    /// <exception cref="ProblemException">There were any.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new ProblemException(Problem.Unprocessable(_errors));
    }
}
