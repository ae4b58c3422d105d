using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;

namespace OmniIoT.Api.Access.SecondFactor;

/// <param name="Set">Whether a code is asked for at each sign-in.</param>
/// <param name="RecoveryCodesLeft">Of the codes that were written down, those not used yet.</param>
public sealed record TotpView(bool Set, int RecoveryCodesLeft);

/// <param name="Secret">In Base32, to be typed into an app.</param>
/// <param name="Uri"><c>otpauth://totp/…</c>, to be shown to an app.</param>
public sealed record TotpSecret(string Secret, string Uri);

/// <param name="Code">Six digits of the app, or one of the recovery codes.</param>
public sealed record TotpCode(string? Code);

/// <param name="Code">Six digits of the app.</param>
/// <param name="Password">One's own; not asked of those whom a provider signs in.</param>
public sealed record TotpConfirmation(string? Code, string? Password);

/// <param name="Codes">Each signs in once, when the app is lost.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>One's own second factor: a code by time (RFC 6238) beside the password.</summary>
internal static class TotpEndpoints
{
    private const string Issuer = "OmniIoT";

    public static void MapTotp(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder totp = api.MapGroup("/me/totp").WithTags("Access");
        totp.MapGet("", GetAsync).WithSummary("Whether the caller has a second factor.").Produces<TotpView>().Fails(401, 403);
        totp.MapPost("", BeginAsync)
            .WithSummary("Makes a secret for an authenticator app; it holds once a code of it was confirmed.")
            .Produces<TotpSecret>(201)
            .Fails(401, 403, 409);
        totp.MapPost("/confirm", ConfirmAsync)
            .WithSummary("By the password and a code: from now on each sign-in asks for one; the recovery codes are told this once.")
            .Takes<TotpConfirmation>()
            .Produces<RecoveryCodes>()
            .Fails(401, 403, 422, 429);
        totp.MapDelete("", EndAsync)
            .WithSummary("Ends the second factor, by a code of it.")
            .Takes<TotpCode>()
            .Produces(204)
            .Fails(401, 403, 404, 422, 429);
        api.MapDelete("/agents/{id}/totp", EndOfAsync)
            .WithTags("Access")
            .WithSummary("Ends the second factor of somebody who has lost it.")
            .Produces(204)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> GetAsync(HttpContext context, SecondFactors factors, CancellationToken cancellationToken)
    {
        StoredSecondFactor? stored = await factors.FindAsync(context.RequireAgent().Id, cancellationToken);
        return TypedResults.Ok(new TotpView(stored?.IsOn ?? false, stored?.Recovery.Count ?? 0));
    }

    private static async Task<IResult> BeginAsync(HttpContext context, SecondFactors factors, CancellationToken cancellationToken)
    {
        string agent = context.RequireAgent().Id;
        if (await factors.BeginAsync(agent, cancellationToken) is not { } bytes)
            throw new ProblemException(
                Problem.Of(StatusCodes.Status409Conflict, "A second factor is on; end it before another begins.", "SecondFactorIsOn")
            );
        string secret = Base32.Encode(bytes);
        string uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(agent)}?secret={secret}&issuer={Issuer}";
        return TypedResults.Created("/api/v1/me/totp", new TotpSecret(secret, uri));
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext context,
        SecondFactors factors,
        PasswordSignIn signIn,
        SignInThrottle throttle,
        CancellationToken cancellationToken
    )
    {
        string agent = context.RequireAgent().Id;
        TotpConfirmation body = await Body.ReadAsync<TotpConfirmation>(context.Request, cancellationToken);
        string code = RequireCode(body.Code);
        await signIn.RequirePasswordAsync(context, agent, "/password", body.Password, cancellationToken);
        return await throttle.GuardAsync(context, agent, () => factors.ConfirmAsync(agent, code, cancellationToken)) is { } codes
            ? TypedResults.Ok(new RecoveryCodes(codes))
            : throw WrongCode();
    }

    private static async Task<IResult> EndAsync(
        HttpContext context,
        SecondFactors factors,
        AccessDocuments documents,
        SignInThrottle throttle,
        CancellationToken cancellationToken
    )
    {
        string agent = context.RequireAgent().Id;
        string code = await ReadCodeAsync(context.Request, cancellationToken);
        if (!await factors.IsOnAsync(agent, cancellationToken))
            throw Missing(agent);
        if (!await throttle.GuardCodeAsync(context, agent, () => factors.TakeAsync(agent, code, cancellationToken)))
            throw WrongCode();
        await documents.CommitAsync(SecondFactors.End(agent));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> EndOfAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        Roles roles,
        SecondFactors factors,
        AccessDocuments documents,
        CancellationToken cancellationToken
    )
    {
        AgentAccount account = await accounts.RequireAsync(id, cancellationToken);
        context.RequireOwnRights(await roles.RightsOfAsync(account.Role, cancellationToken));
        if (await factors.FindAsync(id, cancellationToken) is null)
            throw Missing(id);
        await documents.CommitAsync(SecondFactors.End(id));
        return TypedResults.NoContent();
    }

    private static async ValueTask<string> ReadCodeAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RequireCode((await Body.ReadAsync<TotpCode>(request, cancellationToken)).Code);

    private static string RequireCode(string? code) =>
        code is { Length: > 0 } ? code.Trim() : throw new ProblemException(Problem.Unprocessable(new ProblemError("/code", Wrong.Missing)));

    private static ProblemException Missing(string agent) => new(Problem.NotFound("second factor of", agent));

    private static ProblemException WrongCode() =>
        new(Problem.Unprocessable(new ProblemError("/code", "is not the code of this moment, or was used before")));
}
