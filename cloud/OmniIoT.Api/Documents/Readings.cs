using OmniIoT.Api.Problems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Documents;

internal static class Readings
{
    /// <exception cref="ProblemException">The document was refused; it names every mistake.</exception>
    public static T OrThrow<T>(this DocumentReading<T> reading)
        where T : class =>
        reading.Accepted ? reading.Value : throw new ProblemException(Problem.Unprocessable([.. reading.Mistakes.Select(ErrorOf)]));

    /// <summary>A mistake as an answer tells it.</summary>
    public static ProblemError ErrorOf(FieldMistake mistake) =>
        mistake.Says is { } says ? new ProblemError(mistake.Pointer, says) : new ProblemError(mistake.Pointer, mistake.Message);
}
