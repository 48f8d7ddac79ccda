import { deployment, terraform } from '../../support/review/terraform';

describe('plans and how they scale', () => {
  const plan = (change: object, more = {}) => deployment({ plan: change, more }).regions[0]?.app.plan;
  const scale = (change: object) => ({
    azurerm_monitor_autoscale_setting: {
      s: {
        target_resource_id: '${azurerm_service_plan.plan.id}',
        profile: { capacity: { minimum: 1, default: 1, maximum: 2 } },
        ...change,
      },
    },
  });

  test('autoscale that is off does not count, and one that may be for another plan is unknown', () => {
    expect(plan({}, scale({ enabled: false }))?.autoscale).toBeNull();
    const target = '${var.a ? azurerm_service_plan.plan.id : azurerm_service_plan.other.id}';
    const why = {
      unknown:
        'azurerm_monitor_autoscale_setting.s.target_resource_id may be any of azurerm_service_plan.plan, azurerm_service_plan.other',
    };
    const change = {
      azurerm_service_plan: { other: {}, plan: terraform().resource.azurerm_service_plan.plan },
      ...scale({ target_resource_id: target }),
    };
    expect(deployment({ more: change }).regions[0]?.app.plan.autoscale?.minimum).toEqual(why);
  });

  test('of a plan that scales each app by itself, or by the platform, the instances of an app are not known', () => {
    expect(plan({ per_site_scaling_enabled: true })?.instances).toEqual({
      unknown:
        'azurerm_service_plan.plan.per_site_scaling_enabled lets every app run on fewer instances than the plan has',
    });
    expect(plan({ premium_plan_auto_scale_enabled: true, maximum_elastic_worker_count: 9 })?.autoscale).toMatchObject({
      address: 'azurerm_service_plan.plan',
      minimum: { unknown: expect.stringContaining('premium_plan_auto_scale_enabled scales each app') },
      maximum: 9,
    });
  });
});
