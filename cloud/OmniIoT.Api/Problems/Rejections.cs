using Microsoft.AspNetCore.Http;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Api.Problems;

/// <summary>How a grain's rejection is told over HTTP.</summary>
public static class Rejections
{
    public static Problem ToProblem(this Rejection rejection)
    {
        Problem problem = Problem.Of(StatusOf(rejection.Kind), rejection.Message, rejection.Code) with { Reason = rejection.Reason };
        return rejection.Kind == RejectionKind.Invalid || rejection.Pointer is not null
            ? problem with
            {
                Errors = [new ProblemError(rejection.Pointer ?? "", rejection.Message)],
            }
            : problem;
    }

    /// <exception cref="ProblemException">The request was rejected.</exception>
    public static T OrThrow<T>(this Reply<T> reply) =>
        reply.Rejection is { } rejection ? throw new ProblemException(rejection.ToProblem()) : reply.Result!;

    private static int StatusOf(RejectionKind kind) =>
        kind switch
        {
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.OutOfBounds => StatusCodes.Status403Forbidden,
            RejectionKind.Conflict => StatusCodes.Status409Conflict,
            RejectionKind.Expired => StatusCodes.Status410Gone,
            RejectionKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
