namespace OmniIoT.Edge.Updates;

/// <summary>What the old process tells the new one by environment variables, which are none of the settings'.</summary>
internal static class TrialEnvironment
{
    /// <summary>The version that it is.</summary>
    public const string Version = "OMNIIOT_UPDATE_VERSION";

    /// <summary>The file that it makes when it is well; until then the old one watches.</summary>
    public const string Healthy = "OMNIIOT_UPDATE_HEALTHY_FILE";
}
