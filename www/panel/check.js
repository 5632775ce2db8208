// The panel with its self-check open: in Lightning when an adapter URL names this page, else with what a browser alone can say. What Salesforce
// added to the address stays.

const address = new URL('./', location.href);
address.search = location.search;
address.searchParams.append('check', '');
location.replace(address);
