/** What a first program in CDKTF looks like: the whole provider imported, types checked at every run, one stack. */

import { linuxWebApp, provider, resourceGroup, servicePlan } from '@cdktf/provider-azurerm';
import { App, TerraformStack } from 'cdktf';

const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? 'cdktf.out' });
const stack = new TerraformStack(app, 'naive');
new provider.AzurermProvider(stack, 'azurerm', { features: [{}] });
const group = new resourceGroup.ResourceGroup(stack, 'group', { name: 'rg-naive', location: 'swedencentral' });
const plan = new servicePlan.ServicePlan(stack, 'plan', {
  name: 'asp-naive',
  location: group.location,
  resourceGroupName: group.name,
  osType: 'Linux',
  skuName: 'P0v3',
});
new linuxWebApp.LinuxWebApp(stack, 'app', {
  name: 'app-naive',
  location: group.location,
  resourceGroupName: group.name,
  servicePlanId: plan.id,
  siteConfig: {},
});
app.synth();
