using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Access.OpenId;

/// <summary>Which ways of signing in there are, beside the password.</summary>
/// <param name="Oidc">Whether <c>GET /session/oidc</c> leads to a provider.</param>
public sealed record SignInWays(bool Oidc);

/// <summary>Signing in by OpenID Connect: authorization code with PKCE.</summary>
internal static class OidcServices
{
    private const string Scheme = "oidc";
    private const string BeginPath = "/session/oidc";
    private const string CallbackPath = "/api/v1/session/oidc/callback";

    /// <summary>The handler alone: who a call comes from is asked in one place, and that is not the framework's.</summary>
    public static IServiceCollection AddOidc(this IServiceCollection services, OidcOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<OidcSignIn>();
        services.AddSingleton<IDataProtectionProvider, SealedProtection>();
        services.AddWebEncoders();
        services.AddAuthenticationCore(core =>
        {
            core.AddScheme<OpenIdConnectHandler>(Scheme, Scheme);
            core.AddScheme<NoScheme>(NoScheme.Name, NoScheme.Name);
        });
        services.AddTransient<NoScheme>();
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure(handler => Configure(handler, options));
        return services;
    }

    public static void MapOidc(this IEndpointRouteBuilder open)
    {
        bool isThere = open.ServiceProvider.GetService<OidcOptions>() is not null;
        open.MapGet("/session/ways", () => TypedResults.Ok(new SignInWays(isThere)))
            .WithTags("Access")
            .WithSummary("Which ways of signing in there are, beside the password.")
            .Produces<SignInWays>();
        open.MapGet(BeginPath, context => BeginAsync(context, isThere)).ExcludeFromDescription();
    }

    /// <summary>Takes what comes back from the provider.</summary>
    public static void UseOidc(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<OidcOptions>() is not null)
            app.UseAuthentication();
    }

    private static Task BeginAsync(HttpContext context, bool isThere) =>
        isThere
            ? context.ChallengeAsync(Scheme, new AuthenticationProperties())
            : throw new ProblemException(Problem.Of(StatusCodes.Status404NotFound, "No provider of OpenID Connect is set."));

    private static void Configure(OpenIdConnectOptions handler, OidcOptions options)
    {
        handler.TimeProvider = TimeProvider.System;
        handler.Authority = options.Authority.ToString();
        handler.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps;
        handler.ClientId = options.ClientId;
        handler.ClientSecret = options.ClientSecret;
        handler.CallbackPath = CallbackPath;
        handler.SignInScheme = NoScheme.Name; // A session of our own is begun.
        handler.ResponseType = "code";
        handler.ResponseMode = "query";
        handler.MapInboundClaims = false;
        handler.Scope.Add("email");
        handler.CorrelationCookie.SameSite = handler.NonceCookie.SameSite = SameSiteMode.Lax;
        handler.CorrelationCookie.SecurePolicy = handler.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        handler.ClaimActions.Remove("iss"); // Who says so is part of who it is.
        // Not before the last check: the nonce is looked at after the token's own.
        handler.Events.OnTicketReceived = async received =>
        {
            OidcSignIn signIn = received.HttpContext.RequestServices.GetRequiredService<OidcSignIn>();
            received.Response.Redirect(
                await signIn.SignInAsync(received.HttpContext, received.Principal!, received.HttpContext.RequestAborted)
            );
            received.HandleResponse();
        };
        handler.Events.OnRemoteFailure = failed =>
        {
            failed.Response.Redirect(OidcSignIn.Failed);
            failed.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
