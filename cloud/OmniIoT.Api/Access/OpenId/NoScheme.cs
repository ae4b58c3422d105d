using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OmniIoT.Api.Access.OpenId;

/// <summary>
/// Knows nobody. It stands beside the provider's scheme, which would be asked of each call if it were the only one; who a call comes from
/// is for <see cref="AccessFilter"/> to find out.
/// </summary>
internal sealed class NoScheme : IAuthenticationHandler
{
    public const string Name = "none";

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context) => Task.CompletedTask;

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    public Task ChallengeAsync(AuthenticationProperties? properties) => Task.CompletedTask;

    public Task ForbidAsync(AuthenticationProperties? properties) => Task.CompletedTask;
}
