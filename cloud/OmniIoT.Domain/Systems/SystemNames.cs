namespace OmniIoT.Domain.Systems;

/// <summary>What other systems are called where their deliveries are stored.</summary>
public static class SystemNames
{
    private const string WebhookPrefix = "webhook:";
    private const string IntegrationPrefix = "integration:";

    public static string Webhook(string id) => WebhookPrefix + id;

    public static string Integration(string id) => IntegrationPrefix + id;
}
