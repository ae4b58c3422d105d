namespace OmniIoT.Channels.Twilio;

/// <summary>What Twilio's error codes mean here.</summary>
internal static class TwilioErrors
{
    // Unknown destination; a landline or an unreachable carrier; not a mobile number; no number.
    private static readonly string[] NoSuchNumber = ["30005", "30006", "21614", "21211"];

    /// <summary>They wrote STOP to the provider.</summary>
    private const string OptedOut = "21610";

    public static string NameOf(string? code) =>
        code switch
        {
            null => "failed",
            OptedOut => "noConsent",
            _ when NoSuchNumber.Contains(code) => "bounced",
            _ => $"Twilio {code}",
        };
}
