using System.Collections.Frozen;
using OmniIoT.Devices.Rules.Conditions;

namespace OmniIoT.Domain.Calls;

/// <summary>What branches of a flow may ask for; the names are public contract.</summary>
public static class CallNames
{
    /// <summary>
    /// <c>device.*</c> is the caller's device that is worst off; <c>case.*</c> their newest unresolved case; <c>queue.*</c> and
    /// <c>calendar.*</c> the queue in which the call's conversation is.
    /// </summary>
    public static FrozenDictionary<string, ConditionType> Types { get; } =
        new Dictionary<string, ConditionType>(StringComparer.Ordinal)
        {
            ["device.id"] = ConditionType.Text,
            ["device.name"] = ConditionType.Text,
            ["device.model"] = ConditionType.Text,
            ["device.health"] = ConditionType.Text,
            ["device.alarm"] = ConditionType.Text,
            ["device.value"] = ConditionType.Number,
            ["customer.id"] = ConditionType.Text,
            ["customer.name"] = ConditionType.Text,
            ["customer.locale"] = ConditionType.Text,
            ["customer.devices"] = ConditionType.Number,
            ["case.open"] = ConditionType.Flag,
            ["case.id"] = ConditionType.Text,
            ["case.number"] = ConditionType.Number,
            ["case.status"] = ConditionType.Text,
            ["case.priority"] = ConditionType.Text,
            ["queue.waiting"] = ConditionType.Number,
            ["queue.oldestWaitSeconds"] = ConditionType.Number,
            ["calendar.open"] = ConditionType.Flag,
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
