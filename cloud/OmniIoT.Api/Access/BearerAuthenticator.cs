using OmniIoT.Api.Access.Keys;
using OmniIoT.Api.Access.Sessions;

namespace OmniIoT.Api.Access;

/// <summary>Finds out whose a token is.</summary>
public sealed class BearerAuthenticator(ApiKey apiKey, ApiKeys keys, AgentSessions sessions, AppTokens appTokens)
{
    /// <summary>Null when it is nobody's.</summary>
    public async ValueTask<Caller?> FindCallerAsync(string token, CancellationToken cancellationToken)
    {
        if (apiKey.Matches(token))
            return ProgramCaller.First;
        if (await keys.FindAsync(token, cancellationToken) is { } program)
            return program;
        if (await sessions.FindAsync(token, cancellationToken) is { } agent)
            return agent;
        return await appTokens.FindAsync(token, cancellationToken);
    }
}
