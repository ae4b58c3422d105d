namespace OmniIoT.Domain;

/// <summary>A member that is stored and handed on within the platform, and that <see cref="OmniJson.Shown"/> leaves out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InnerAttribute : Attribute;
