namespace OmniIoT.Devices.Rules.Conditions;

/// <summary>What a name of a <see cref="Condition"/> stands for.</summary>
public enum ConditionType
{
    Flag,
    Number,
    Text,
}
