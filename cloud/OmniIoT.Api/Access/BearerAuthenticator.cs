namespace OmniIoT.Api.Access;

/// <summary>Finds out whose a bearer token is.</summary>
public sealed class BearerAuthenticator(ApiKey apiKey, AgentSessions sessions, AppTokens appTokens)
{
    /// <summary>Null when it is nobody's.</summary>
    public async ValueTask<Caller?> FindCallerAsync(string token, CancellationToken cancellationToken)
    {
        if (apiKey.Matches(token))
            return new ProgramCaller();
        if (await sessions.FindAsync(token, cancellationToken) is { } agent)
            return agent;
        return await appTokens.FindAsync(token, cancellationToken);
    }
}
